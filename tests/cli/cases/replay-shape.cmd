# the document is read strictly
setup: printf '{"tenure": "0.1.0", "results": [{"verdict": "violated", "specs": "a.json"}]}\n' > results.json
tenure replay results.json
