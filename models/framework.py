"""Frameworks as activities follow them: kept, since their files may change while reviews run."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class KeptFramework(SQLModel, table=True):
    """What a framework said when activities were published under it; `fingerprint` tells its texts apart."""

    fingerprint: str = Field(primary_key=True)
    framework_id: str = Field(index=True)
    document: str = Field(sa_column=Column(Text, nullable=False))
    kept_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
