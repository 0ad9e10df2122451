tenure verify --engine explicit --strict -p redundant-release examples/10-redundant-release.json
