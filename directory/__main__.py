"""`python -m directory` alone: the demonstration."""

from directory.demo import main

if __name__ == "__main__":
    main()
