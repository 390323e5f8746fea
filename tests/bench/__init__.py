"""How fast the site answers over a large record: `make bench`, over a record made up from pymorphy3's dictionary."""
