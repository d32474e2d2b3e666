"""The real servers behind the platform: embedded ones from wheels, or those that URLs name."""

from deploy.engines.addresses import Engines, ExternalEngines, prepare_engines, without_password
from deploy.engines.session import EngineSession

__all__ = ["EngineSession", "Engines", "ExternalEngines", "prepare_engines", "without_password"]
