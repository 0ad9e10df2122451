tenure
