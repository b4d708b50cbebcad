"""nbgrader's gradebook, opened again at little cost.

nbgrader makes an SQLAlchemy engine for each time that a gradebook is opened: the tables are looked for again, and every
query is compiled again, which takes longer than the database does. Here an engine is made once a process and database.
"""

from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import scoped_session, sessionmaker

_engines: dict[str, Engine] = {}


class Gradebook(api.Gradebook):
    """As nbgrader's. The tables are made, where they are missing, when the first one of a database is opened."""

    engine: Engine
    db: Any

    def __init__(self, db_url: str, course_id: str = "default_course", authenticator: Any = None) -> None:
        if _is_new(db_url) or db_url not in _engines:
            super().__init__(db_url, course_id, authenticator)
            _engines[db_url] = self.engine
            return
        self.engine, self.course_id, self.authenticator = _engines[db_url], course_id, authenticator
        self.db = scoped_session(sessionmaker(autoflush=True, bind=self.engine, future=True))


def _is_new(db_url: str) -> bool:
    """Whether the database is a file that is not there, or empty: it was removed meanwhile."""
    url = make_url(db_url)
    path = Path(url.database or "")
    return url.get_backend_name() == "sqlite" and not (path.exists() and path.stat().st_size)
