from django.db import models


class RequestCount(models.Model):
    """How many requests a client of the API has made since then; kept until its window is over, and through no crash.

    `client` is a key's number or what stands for an address on that day (`quotes.reporting.sender_of`): see `quotes.limiting`.
    """

    client = models.TextField(primary_key=True)
    since = models.DateTimeField()
    requests = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.client}: {self.requests} since {self.since:%H:%M:%S}"
