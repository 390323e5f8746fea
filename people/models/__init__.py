from people.models.history import HistoryEntry
from people.models.meeting import Meeting, Participant
from people.models.office import Office, Tenure
from people.models.organization import Organization
from people.models.person import Person, PersonName
from people.models.restoration import Restoration

__all__ = [
    "HistoryEntry",
    "Meeting",
    "Office",
    "Organization",
    "Participant",
    "Person",
    "PersonName",
    "Restoration",
    "Tenure",
]
