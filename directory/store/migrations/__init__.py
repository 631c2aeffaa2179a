"""The steps by which every database's tables come to be, in order."""
