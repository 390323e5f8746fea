"""The read-only API over what is published. Its shared policy (paging, parameters, errors) is config's."""
