# a remark is shown and told, but does not count
tenure verify --engine explicit examples/10-redundant-release.json
