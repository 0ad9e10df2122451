# notes on the same lines of the spec's own file explain nothing of another
setup: sed 's/"source": "drivers\/parts.c", "says"/"says"/' lint/parts.json > parts.json
tenure lint --specs lint/specs --tree lint/tree parts.json
