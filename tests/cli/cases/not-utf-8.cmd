setup: printf '{"driver": "\377"}' > latin.json
tenure verify latin.json
