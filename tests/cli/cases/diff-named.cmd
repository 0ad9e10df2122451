setup: sed 's/"max_vecs": 1/"max_vecs": 4/' specs/drivers/minimal/managed.json > four.json
tenure diff --file drivers/mine.json specs/drivers/minimal/managed.json four.json
