"""Whether two records are the same thing printed twice: in a unit's own table and in its department's."""

from functools import lru_cache
from hashlib import blake2b

from shared.contracts.records import Record
from shared.search.normalise import normalise
from shared.search.office import read_office


def project_identity(record: Record) -> str:
    """Name the project by who spends the money, what for, and in which year."""
    spender = record.budget_unit or record.department or record.document_id
    return identity_of_project(spender, record.project, record.fiscal_year)


@lru_cache(maxsize=4096)
def identity_of_project(spender: str, project: str, year: int | None) -> str:
    """Name the project of a spender, who may be printed with a code."""
    return _digest(read_office(spender).name, project, year)


def record_identity(record: Record) -> str | None:
    """
    Name the indicator by its project and name; None where nobody knows whose it is.

    Where no year is printed the same money and the same promise have to stand in for it: two
    years of one unit seldom agree in both.
    """
    if not record.name or not (record.budget_unit or record.department):
        return None
    if record.fiscal_year is not None:
        return _digest(project_identity(record), record.name)
    target = record.annual_target or record.period_target
    if target is None or record.amounts.total_yuan is None:
        return None
    return _digest(project_identity(record), record.name, target.text, record.amounts.total_yuan)


_normalised = lru_cache(maxsize=65_536)(normalise)


def _digest(*parts: object) -> str:
    told = "\0".join(_normalised(str(part)) for part in parts)
    return blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()
