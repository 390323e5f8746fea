"""The forms by which articles and sources are taken in and put right."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.address import BadAddress, host_of, normal_address
from articles.bringing import bring
from articles.ingest import Ingested, User, ingest, pasted, source_called
from articles.models import Article, Feed, Snapshot, Source
from articles.refusals import NotTakenIn, too_large
from people.dating import KnownBy
from people.fields import EdtfFormField


class IngestForm(forms.Form):
    """An article to take in: by its address alone, its text pasted, or a file; and what the person knows of it."""

    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        widget=AdminTextInputWidget(attrs={"autofocus": True}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "The whole text as copied. What stands around the article (teasers, credits) may stay: "
            "it is recognised and left outside the body."
        ),
    )
    upload = forms.FileField(label=gettext_lazy("or a file"), required=False, allow_empty_file=True)
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source"),
        required=False,
        help_text=gettext_lazy("Who published it. May stay empty if the address is on the site of a known source."),
    )
    # The list above is filled by a script; the stylesheet shows one of the two fields.
    source_name = forms.CharField(
        label=gettext_lazy("Source's name"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy(
            "Who published it: the name in any language, the site or the id. May stay empty if the address is on the "
            "site of a known source."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("If empty: the page's own title, else the first sentence."),
    )
    published = EdtfFormField(
        label=gettext_lazy("Published"),
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("4 March 2024, 2024-03 or 2024. If empty: the date that the page or its address gives."),
    )
    published_known = forms.ChoiceField(
        label=gettext_lazy("How the date is known"),
        required=False,
        choices=KnownBy.choices,
        initial=KnownBy.PUBLICATION,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _(
            "A page saved from the browser (HTML) or a plain text file, up to %(size)s."
        ) % {"size": filesizeformat(settings.INGEST_MAX_BYTES)}
        self.fields["address"].help_text = _(
            "From https:// on. Given alone, the page is fetched now, which takes up to %(seconds)s seconds. "
            "With a text or a file it only says where that was published."
        ) % {"seconds": settings.FETCH_SECONDS}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        text, upload = cleaned.get("text", ""), cleaned.get("upload")
        if text.strip() and upload:
            self.add_error("upload", _("Give the text or a file, not both."))
        elif not text.strip() and not upload and not cleaned.get("address") and "upload" not in self.errors:
            self.add_error("address", _("Give the article's address, paste its text, or choose a file."))
        elif upload and upload.size > settings.INGEST_MAX_BYTES:
            self.add_error("upload", str(too_large(settings.INGEST_MAX_BYTES)))
        return cleaned

    def clean_source_name(self) -> str:
        """Chooses the source of this name, unless one is chosen from the list."""
        name: str = self.cleaned_data["source_name"]
        if name and not self.cleaned_data.get("source"):
            try:
                self.cleaned_data["source"] = source_called(name)
            except NotTakenIn as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return name

    def take_in(self, by: User) -> Ingested | None:
        """What became of it; None where it was refused: the errors then say why. The form must be valid."""
        upload = self.cleaned_data["upload"]
        is_pasted = bool(self.cleaned_data["text"].strip())
        try:
            return self._brought(by, upload, is_pasted)
        except NotTakenIn as refusal:
            about = "upload" if upload else "text" if is_pasted else "address"
            self.add_error(refusal.field or about, str(refusal))
        if upload:
            self.add_error("upload", _("Choose the file once more: browsers do not keep it."))
        return None

    def _brought(self, by: User, upload: Any, is_pasted: bool) -> Ingested:
        """In the one way that the person chose."""
        no_facts = {"text", "upload", "source_name"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in no_facts}
        if upload:
            kind = upload.content_type or ""
            method = Snapshot.Method.UPLOAD
            return ingest(upload.read(), method=method, filename=upload.name, content_type=kind, by=by, **said)
        if is_pasted:
            return ingest(pasted(self.cleaned_data["text"]), method=Snapshot.Method.PASTE, by=by, **said)
        return bring(said.pop("address"), by=by, **said)


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is on record of an article, put right by hand."""

    class Meta:
        model = Article
        fields = ("title", "source", "address", "byline", "language", "credit", "published", "published_known")
        widgets = {"credit": AdminTextareaWidget(attrs={"rows": 2})}

    def clean_address(self) -> str:
        """The address in its one spelling, and of this article alone."""
        given: str = self.cleaned_data["address"]
        if not given:
            return ""
        try:
            address = normal_address(given)
        except BadAddress as error:
            raise forms.ValidationError(str(NotTakenIn("address", address=given))) from error
        if other := Article.objects.at(address).exclude(pk=self.instance.pk).first():
            raise forms.ValidationError(
                _("“%(title)s” is the article of this address already."), params={"title": str(other)}
            )
        return address


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source; its site may be given as any address on it."""

    class Meta:
        model = Source
        fields = ("name_ru", "name_be", "name_en", "kind", "host", "country")

    def clean_host(self) -> str:
        """The bare name: «https://www.example.com/news» is example.com."""
        given = self.cleaned_data["host"].strip().lower()
        try:
            return host_of(normal_address(given if "://" in given else f"https://{given}")) if given else ""
        except BadAddress as error:
            raise forms.ValidationError(_("Write the site's name, for example belta.by.")) from error

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"]
        return country.strip().upper()


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source's feed."""

    class Meta:
        model = Feed
        fields = ("source", "address", "followed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "address" in self.fields:
            self.fields["address"].help_text = _(
                "The address of the feed itself (RSS or Atom). Of what it lists when it is first read, the newest "
                "%(number)s articles are fetched; after that, each new one."
            ) % {"number": settings.FEED_FIRST_ENTRIES}

    def clean_address(self) -> str:
        """The address in its one spelling, and of this feed alone."""
        given: str = self.cleaned_data["address"]
        try:
            address = normal_address(given)
        except BadAddress as error:
            raise forms.ValidationError(str(NotTakenIn("address", address=given))) from error
        if Feed.objects.at(address).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This feed is on record already."))
        return address
