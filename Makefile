# make demo   the whole site on this machine: http://127.0.0.1:8000
# make test   every check there is, as the CI runs it
# make check  the checks that need no database and no browser
# make gold   how well statements are found, on the annotated texts beside the checkout (SEALED=1: the sealed ones, too)
# make bench  how long pages take over a made-up record: make bench SIZE=1000000 (DATA=.bench keeps it)
# make client  a typed Python client of the API, generated from its description (CLIENT=client names the folder)
# make schemas  fetches what others publish, for the tests that hold our answers to it (tests/api/test_published_schemas.py)
# make keys   how many keys the sample article takes on the annotation page, and how long each act takes on a long one

PYTHON ?= python3
PORT ?= 8000
DATA ?= .demo

VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALLED := $(VENV)/.installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard config/locale*/*/LC_MESSAGES/*.po))
DEBIAN_POSTGRES := $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))
TEMPLATES = $(shell find templates -name '*.html')
# A production set-up, for Django's own check of one. Nothing secret: nothing runs with it.
PRODUCTION := SECRET_KEY=0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ \
	ALLOWED_HOSTS=skazano.example HTTPS=True DEBUG=False DATABASE_URL=postgresql:///skazano \
	DJANGO_SETTINGS_MODULE=config.settings FETCH_CONTACT=editors@skazano.example

.DELETE_ON_ERROR:
.PHONY: demo install check lint types imports templates deploy test tests coverage tests-debian e2e gold bench keys schemas pictures client messages clean

demo: install
	@exec $(RUN) config.demo --port "$(PORT)" --data "$(DATA)"

# The environment

install: $(INSTALLED) $(CATALOGUES)

$(INSTALLED): requirements.lock
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, and $(PYTHON) is $$("$(PYTHON)" -V 2>&1 || true). Name another one: make demo PYTHON=/path/to/python3.12" >&2; \
		exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) lacks its venv module. On Debian and Ubuntu install the package python3-venv, then try again." >&2; \
		exit 1; }
	@echo "Installing the locked packages into $(VENV); the first time this takes a minute or two."
	@$(VENV)/bin/python -c '' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@$(RUN) pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

%.mo: %.po $(INSTALLED)
	@$(RUN) babel.messages.frontend -q compile -i $< -o $@

# The checks; whether models and migrations agree is a test (tests/config/test_migrations.py)

check: lint types imports templates deploy

lint: install
	$(RUN) ruff format --check .
	$(RUN) ruff check .

types: install
	$(RUN) mypy

imports: install
	$(VENV)/bin/lint-imports

templates: install
	$(VENV)/bin/djade --check $(TEMPLATES)
	$(RUN) djlint templates --quiet

deploy: install
	$(PRODUCTION) $(VENV)/bin/python manage.py check --deploy --fail-level WARNING

test: check tests tests-debian e2e

tests: install
	$(RUN) pytest -n auto -m "not e2e"

# Which lines no test reaches. Apart, since counting them takes a third of the time again.
coverage: install
	$(RUN) pytest -n auto -m "not e2e" --cov --cov-report=term

# What the database itself holds and computes once more, on the server that Debian's users have.
tests-debian: install
ifneq ($(DEBIAN_POSTGRES),)
	TEST_POSTGRES_BIN=$(DEBIAN_POSTGRES) $(RUN) pytest -n auto -m "database and not e2e" tests/rules tests/people tests/quotes/search
else
	@echo "Debian's PostgreSQL is not installed here, so its tests ran on the embedded one only."
	@test "$(CI)" != true
endif

e2e: install
	$(RUN) pytest -n auto -m e2e

gold: install
	$(RUN) tests.gold $(if $(SEALED),--sealed) $(if $(RECORD),--record)

# The made-up record and its index stay in the folder; a million statements take about 20 GB of disk while they are loaded.
bench: SIZE ?= 100000
bench: DATA = .bench
bench: install
	$(RUN) tests.bench --size "$(SIZE)" --data "$(DATA)"

# The pictures of the docs, taken anew.
pictures: install
	PICTURES=docs/images $(RUN) pytest -q --no-cov tests/e2e/test_pictures.py

# Generated, so never edited and not kept with the code.
client: CLIENT ?= client
client: install
	@mkdir -p .cache
	$(PRODUCTION) $(RUN) django spectacular --file .cache/openapi.yml
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" openapi-python-client generate --path .cache/openapi.yml --output-path "$(CLIENT)" \
		--config tests/api/client.yml --meta setup --overwrite

schemas: install
	$(RUN) tests.published_schemas

keys: install
	$(RUN) pytest -q --no-cov tests/e2e/test_keys.py

# Brings the catalogues up to date with the strings of the code; what is new in them waits to be translated.
messages: install
	@command -v xgettext >/dev/null || { \
		echo "xgettext is needed here; on Debian and Ubuntu install the package gettext, then try again." >&2; exit 1; }
	$(PRODUCTION) $(RUN) django makemessages --all --no-obsolete --no-location --no-wrap --ignore=tests

clean:
	rm -rf $(VENV) .cache
