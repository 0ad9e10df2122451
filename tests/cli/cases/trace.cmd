tenure trace --engine explicit -p kernel-crash examples/06-kernel-crash.json
