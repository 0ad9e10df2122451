setup: : > empty.json
tenure verify empty.json
