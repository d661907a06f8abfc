"""What a change touches, by git."""

import subprocess

SIX_HOURS = 6 * 3600


def base_of(root, named=None):
    """The commit that the change is compared with: the one that is named, or the newest on the way to HEAD that is
    at least six hours older. None where the history has none."""
    if named:
        return git(root, "rev-parse", "--verify", "--quiet", named + "^{commit}").strip()
    head = int(git(root, "show", "--no-patch", "--format=%ct", "HEAD"))
    for line in git(root, "log", "--first-parent", "--format=%H %ct", "HEAD").splitlines():
        commit, at = line.split()
        if int(at) <= head - SIX_HOURS:
            return commit
    return None


def paths_since(root, base):
    """Paths that differ from the base, with those that no commit has yet; all paths where the base is None."""
    known = (["ls-files", "-z"] if base is None else ["diff", "--name-only", "--no-renames", "-z", base])
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted(set(path for path in (git(root, *known) + new).split("\0") if path))


def git(root, *arguments):
    """Its output."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise ChangesUnknown("git cannot be run: %s" % error) from error
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip()
        raise ChangesUnknown("git %s: %s" % (" ".join(arguments), told or "exit code %d" % done.returncode))
    return done.stdout.decode(errors="surrogateescape")


class ChangesUnknown(Exception):
    """There is no git, no repository, or no such commit."""
