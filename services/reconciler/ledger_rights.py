"""
Gives the search service an account of its own in the ledger.

It is the one that strangers speak to: it reads, and does what a replay needs, and can neither delete
nor invent a document. The other services write and share the account that owns the tables.
"""

from typing import Final

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import InterfaceError, OperationalError

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.ledger import DatabaseLedger

READER: Final = "jixiao_search"
_RIGHTS: Final = (
    "GRANT SELECT ON ALL TABLES IN SCHEMA public",
    "GRANT UPDATE (state, reason, changed_at) ON documents",
    "GRANT DELETE ON quarantine",
)
_KNOWN: Final = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
_ACCOUNT: Final = (
    "SELECT format('{} ROLE %I LOGIN PASSWORD %L', CAST(:name AS text), CAST(:password AS text))"
)


def let_search_read(engine: Engine, password: SecretStr) -> None:
    """Make the tables, the account and its rights; doing it again only sets the password."""
    DatabaseLedger(engine)
    try:
        with engine.begin() as connection:
            _make_account(connection, password)
            for right in _RIGHTS:
                connection.execute(text(f"{right} TO {READER}"))
    except (OperationalError, InterfaceError) as error:
        raise DependencyUnavailable(f"ledger: {error.orig}") from error


def _make_account(connection: Connection, password: SecretStr) -> None:
    """No such statement takes parameters: the server itself quotes them."""
    is_known = connection.execute(_KNOWN, {"name": READER}).scalar() is not None
    asked = text(_ACCOUNT.format("ALTER" if is_known else "CREATE"))
    said = {"name": READER, "password": password.get_secret_value()}
    statement = str(connection.execute(asked, said).scalar_one())
    connection.exec_driver_sql(statement.replace("%", "%%"))
