// The part of a toy's driver that stands in another file, for the tests of lint.
int toy_count(struct toy *toy)
{
	if (toy->size > 3)
		return -22;
	box_size(&toy->first);
	return 0;
}
