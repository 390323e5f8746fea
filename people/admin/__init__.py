from people.admin.meeting import MeetingAdmin
from people.admin.office import OfficeAdmin
from people.admin.organization import OrganizationAdmin
from people.admin.person import PersonAdmin, PersonNameAdmin
from people.admin.tenure import TenureAdmin

__all__ = ["MeetingAdmin", "OfficeAdmin", "OrganizationAdmin", "PersonAdmin", "PersonNameAdmin", "TenureAdmin"]
