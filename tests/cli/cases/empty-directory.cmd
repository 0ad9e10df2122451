setup: mkdir -p empty/also-empty
tenure verify empty
