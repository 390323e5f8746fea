from django.db import models


class Change(models.Model):
    """That something the public sees of a statement may have changed; written by triggers only, read by followers.

    A follower reads in the order of (`xid`, `seq`), and only what is older than every transaction still under way:
    numbers from a sequence alone would hide the rows of a slow transaction behind those of a quick one.
    """

    seq = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(help_text="The transaction that wrote it, as pg_current_xact_id() counts.")
    statement_id = models.BigIntegerField(help_text="No foreign key: a statement that is gone is told of, too.")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["xid", "seq"], name="change_order")]

    def __str__(self) -> str:
        return f"{self.xid}/{self.seq}: {self.statement_id}"
