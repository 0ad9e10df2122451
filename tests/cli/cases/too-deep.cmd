setup: python3 -c "print('[' * 10000 + ']' * 10000)" > deep.json
tenure verify deep.json
