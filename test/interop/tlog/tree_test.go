package tlog

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// Sizes at which everything is compared, and larger ones at which some is.
const small = 300

var large = []int64{65_536, 70_000, 1_000_003}

// log is Go's tree of the same entries.
type log struct {
	hashes []tlog.Hash
	size   int64
}

var theirs = &log{}

func entry(index int64) []byte { return fmt.Appendf(nil, "entry %d", index) }

func (l *log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = l.hashes[index]
	}
	return hashes, nil
}

// grow has both sides append entries until there are size.
func grow(t *testing.T, size int64) {
	t.Helper()
	for ; theirs.size < size; theirs.size++ {
		hashes, err := tlog.StoredHashes(theirs.size, entry(theirs.size), theirs)
		noError(t, err)
		theirs.hashes = append(theirs.hashes, hashes...)
	}
	must[string](t, "grow", question{"size": size})
}

func rootOf(t *testing.T, size int64) tlog.Hash {
	t.Helper()
	root, err := tlog.TreeHash(size, theirs)
	noError(t, err)
	return root
}

func TestRoots(t *testing.T) {
	t.Run("all small sizes", func(t *testing.T) {
		grow(t, small)
		for size := int64(0); size <= small; size++ {
			equal(t, fmt.Sprintf("the root at %d", size), must[string](t, "root", question{"size": size}), rootOf(t, size).String())
		}
	})
	for _, size := range large {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			grow(t, size)
			equal(t, "the root", must[string](t, "root", question{"size": size}), rootOf(t, size).String())
			equal(t, "the root of the compact range", must[string](t, "grow", question{"size": theirs.size}), rootOf(t, theirs.size).String())
		})
	}
}
