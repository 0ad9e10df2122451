# notes on lines of another file than the spec's own
tenure lint --specs lint/specs --tree lint/tree lint/parts.json
