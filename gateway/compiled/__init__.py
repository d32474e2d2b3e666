"""Compiled plans: one generated module per plan and state of its conditions, over typed structs.

Beside it stands the general path (``gateway.executor``), right for every plan and every answer; the compiled path
hands over to it whatever is unusual.
"""

from gateway.compiled.schema_view import SchemaView
from gateway.compiled.variants import CompiledVariants, CompilerOptions

__all__ = ["CompiledVariants", "CompilerOptions", "SchemaView"]
