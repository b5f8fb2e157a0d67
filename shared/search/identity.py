"""Whether two records are the same thing printed twice: in a unit's own table and in its department's."""

from functools import lru_cache
from hashlib import blake2b

from shared.contracts.records import Record
from shared.search.normalise import normalise
from shared.search.office import read_office


def project_identity(record: Record) -> str:
    """Name the project by who spends the money, what for, and in which year."""
    spender = record.budget_unit or record.department or record.document_id
    return _digest(read_office(spender).name, record.project, record.fiscal_year)


def record_identity(record: Record) -> str | None:
    """Name the indicator by its project and name; None where nobody knows whose it is, or of which year."""
    known = record.fiscal_year is not None and (record.budget_unit or record.department)
    return _digest(project_identity(record), record.name, None) if known and record.name else None


@lru_cache(maxsize=16_384)
def _digest(*parts: object) -> str:
    told = "\0".join(normalise(str(part)) for part in parts)
    return blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()
