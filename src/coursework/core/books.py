"""nbgrader's gradebook, opened again at little cost.

nbgrader makes an SQLAlchemy engine for each time that a gradebook is opened: the tables are looked for again, and every
query is compiled again, which takes longer than the database does. Here an engine is made once a process and database,
and what is written of one student is one transaction: each commit waits for the disk. For a new gradebook nbgrader
starts alembic's program, 4 s, to be told the newest form of the tables; here alembic is asked.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader import api, dbutil
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import scoped_session, sessionmaker

_engines: dict[str, Engine] = {}
_thread = threading.local()  # .shared: the database's address and the session of the `transaction` of this thread


class Gradebook(api.Gradebook):
    """As nbgrader's. The tables are made, where they are missing, when the first one of a database is opened."""

    engine: Engine
    db: Any

    def __init__(self, db_url: str, course_id: str = "default_course", authenticator: Any = None) -> None:
        address, session = getattr(_thread, "shared", ("", None))
        if address == db_url:
            self.engine, self.db = _engines[db_url], session
            self.course_id, self.authenticator = course_id, authenticator
            return
        if _is_new(db_url) or db_url not in _engines:
            _make(db_url)
            super().__init__(db_url, course_id, authenticator)
            _engines[db_url] = self.engine
            return
        self.engine, self.course_id, self.authenticator = _engines[db_url], course_id, authenticator
        self.db = scoped_session(sessionmaker(autoflush=True, bind=self.engine, future=True))

    def close(self) -> None:
        """As nbgrader's; within a `transaction` its end does that."""
        if not isinstance(self.db, _Shared):
            super().close()


class _Shared:
    """A session that several gradebooks use one after the other: what one commits is visible to the next."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def commit(self) -> None:
        self._session.flush()


@contextmanager
def transaction(db_url: str) -> Iterator[None]:
    """Within it each `Gradebook` of this thread writes into one transaction: all of it is kept at the end, or nothing.

    What the database computes (a notebook's score) is as it was when it was read: `refresh` it after a change.
    """
    with Gradebook(db_url) as gradebook:
        _thread.shared = (db_url, _Shared(gradebook.db))
        try:
            yield
            gradebook.db.commit()
        except BaseException:
            gradebook.db.rollback()
            raise
        finally:
            del _thread.shared


def _make(db_url: str) -> None:
    """The tables of a database that has none, and in them the number of nbgrader's last change of their form."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    engine = create_engine(db_url)
    with engine.begin() as connection:
        if not inspect(connection).get_table_names():
            about = Config()
            about.set_main_option("script_location", dbutil.ALEMBIC_DIR.replace("%", "%%"))
            newest = ScriptDirectory.from_config(about).get_current_head()
            api.Base.metadata.create_all(bind=connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:newest)"), {"newest": newest})
    engine.dispose()


def _is_new(db_url: str) -> bool:
    """Whether the database is a file that is not there, or empty: it was removed meanwhile."""
    url = make_url(db_url)
    path = Path(url.database or "")
    return url.get_backend_name() == "sqlite" and not (path.exists() and path.stat().st_size)
