"""What can go wrong while a stack is brought up, each as one line with a stable code."""

from __future__ import annotations

from typing import ClassVar


class StackError(Exception):
    """A problem that the operator can act on; its text is the one line that is printed."""

    code: ClassVar[str] = "STACK_ERROR"

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"


class PortBusy(StackError):
    """Someone else listens on a port that the stack was told to use."""

    code = "PORT_BUSY"


class EngineMissing(StackError):
    """No binary of an engine is installed and no URL names a running one."""

    code = "ENGINE_MISSING"


class EngineUnreachable(StackError):
    """An engine named by a URL does not answer, or refuses the credentials."""

    code = "ENGINE_UNREACHABLE"


class DataFolderCorrupt(StackError):
    """The data folder holds something that no stack has written; it is left as it is."""

    code = "DATA_FOLDER_CORRUPT"


class DataFolderUnusable(StackError):
    """The data folder cannot be created or written."""

    code = "DATA_FOLDER_UNUSABLE"


class AlreadyRunning(StackError):
    """Another supervisor holds the data folder."""

    code = "ALREADY_RUNNING"


class NotRunning(StackError):
    """The command needs a running stack and none holds the data folder."""

    code = "NOT_RUNNING"


class ProgramFailed(StackError):
    """A program exited, or did not become healthy in time, while the stack was being started."""

    code = "PROGRAM_FAILED"


class JobFailed(StackError):
    """A one-time step (migrations, demo data) exited with an error."""

    code = "JOB_FAILED"


class CatalogSizeChanged(StackError):
    """The data folder holds a demo catalogue of another size."""

    code = "CATALOG_SIZE_CHANGED"


class SettingsInvalid(StackError):
    """A variable has a value that cannot be used."""

    code = "SETTINGS_INVALID"
