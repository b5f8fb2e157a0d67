"""Empty databases on a real server."""

from uuid import uuid4

from sqlalchemy import create_engine, make_url, text


def new_database(url: str) -> str:
    """Make a database of its own, and answer its address."""
    name = f"t{uuid4().hex}"
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(url).set(database=name).render_as_string(hide_password=False)
