"""How well the engine finds statements: `make gold`, over the annotated texts beside the checkout."""
