"""The fork server as it is where forking is unsafe: its children are started anew."""

from desk.sandbox import server

if __name__ == "__main__":
    server.main(forks=False)
