setup: head -c 5242880 /dev/zero | tr '\0' ' ' > large.json
tenure verify large.json
