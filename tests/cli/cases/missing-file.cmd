tenure verify nowhere.json
