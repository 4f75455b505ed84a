package tlog

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

func checkInclusion(t *testing.T, index, size int64, proof []tlog.Hash) {
	t.Helper()
	root, leaf := rootOf(t, size), tlog.RecordHash(entry(index))
	if err := tlog.CheckRecord(proof, size, root, index, leaf); err != nil {
		t.Fatalf("Go refuses our proof of %d in %d: %v", index, size, err)
	}
	made, err := tlog.ProveRecord(size, index, theirs)
	noError(t, err)
	if !slices.Equal(proof, []tlog.Hash(made)) {
		t.Fatalf("our proof of %d in %d is not Go's", index, size)
	}
}

func checkConsistency(t *testing.T, oldSize, newSize int64, proof []tlog.Hash) {
	t.Helper()
	if err := tlog.CheckTree(proof, newSize, rootOf(t, newSize), oldSize, rootOf(t, oldSize)); err != nil {
		t.Fatalf("Go refuses our proof from %d to %d: %v", oldSize, newSize, err)
	}
	made, err := tlog.ProveTree(newSize, oldSize, theirs)
	noError(t, err)
	if !slices.Equal(proof, []tlog.Hash(made)) {
		t.Fatalf("our proof from %d to %d is not Go's", oldSize, newSize)
	}
}

func TestInclusion(t *testing.T) {
	t.Run("all leaves of all small sizes", func(t *testing.T) {
		grow(t, small)
		for size := int64(1); size <= small; size++ {
			for index, proof := range must[[][]string](t, "inclusions", question{"size": size}) {
				checkInclusion(t, int64(index), size, hashesOf(t, proof))
			}
		}
	})
	for _, size := range large {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			grow(t, size)
			for _, index := range []int64{0, 1, 255, 256, 65_535, size / 2, size - 257, size - 2, size - 1} {
				checkInclusion(t, index, size, hashesOf(t, must[[]string](t, "inclusion", question{"index": index, "size": size})))
			}
		})
	}
}

func TestConsistency(t *testing.T) {
	t.Run("all pairs of small sizes", func(t *testing.T) {
		grow(t, small)
		for size := int64(1); size <= small; size++ {
			// From the empty tree Go proves nothing.
			for oldSize, proof := range must[[][]string](t, "consistencies", question{"size": size})[1:] {
				checkConsistency(t, int64(oldSize)+1, size, hashesOf(t, proof))
			}
		}
	})
	for _, size := range large {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			grow(t, size)
			for _, oldSize := range []int64{1, 2, 255, 256, 300, 65_535, 65_536, size / 2, size - 1, size} {
				proof := must[[]string](t, "consistency", question{"oldSize": oldSize, "newSize": size})
				checkConsistency(t, oldSize, size, hashesOf(t, proof))
			}
		})
	}
}

// Both sides are given Go's proofs as they are, and with something changed. They must say the same, always.
func TestVerdictsOnProofs(t *testing.T) {
	grow(t, small)
	t.Run("of inclusion", func(t *testing.T) {
		for _, size := range []int64{1, 2, 7, 64, 100, small} {
			for _, index := range []int64{0, size / 3, size - 1} {
				proof, err := tlog.ProveRecord(size, index, theirs)
				noError(t, err)
				accepted := 0
				for _, changed := range variants(proof) {
					for _, place := range []int64{index - 1, index, index + 1} {
						for _, among := range []int64{size - 1, size, size + 1} {
							root, leaf := rootOf(t, size), tlog.RecordHash(entry(index))
							// Go panics for sizes and indexes below zero, and so is not asked.
							goes := place >= 0 && place < among && tlog.CheckRecord(changed, among, root, place, leaf) == nil
							ours := must[bool](t, "includes", question{
								"leaf": leaf.String(), "index": place, "size": among, "root": root.String(), "proof": textsOf(changed),
							})
							equal(t, fmt.Sprintf("the verdict on %d in %d as %d in %d", index, size, place, among), ours, goes)
							if goes {
								accepted++
							}
						}
					}
				}
				if accepted == 0 {
					t.Fatalf("neither accepts %d in %d", index, size)
				}
			}
		}
	})
	t.Run("of consistency", func(t *testing.T) {
		for _, size := range []int64{2, 7, 64, 100, small - 1} {
			for _, oldSize := range []int64{1, size/2 + 1, size - 1, size} {
				proof, err := tlog.ProveTree(size, oldSize, theirs)
				noError(t, err)
				accepted := 0
				for _, changed := range variants(proof) {
					for _, older := range []int64{oldSize - 1, oldSize, oldSize + 1} {
						for _, newer := range []int64{size - 1, size, size + 1} {
							newRoot, oldRoot := rootOf(t, size), rootOf(t, oldSize)
							goes := older >= 1 && older <= newer && tlog.CheckTree(changed, newer, newRoot, older, oldRoot) == nil
							ours := must[bool](t, "extends", question{
								"oldSize": older, "oldRoot": oldRoot.String(), "newSize": newer, "newRoot": newRoot.String(), "proof": textsOf(changed),
							})
							equal(t, fmt.Sprintf("the verdict on %d to %d as %d to %d", oldSize, size, older, newer), ours, goes)
							if goes {
								accepted++
							}
						}
					}
				}
				if accepted == 0 {
					t.Fatalf("neither accepts %d to %d", oldSize, size)
				}
			}
		}
	})
}

// variants are the proof itself and others: each hash changed, left out, doubled, and one more at the end.
func variants(proof []tlog.Hash) [][]tlog.Hash {
	all := [][]tlog.Hash{slices.Clone(proof), append(slices.Clone(proof), tlog.Hash{})}
	for i := range proof {
		changed := slices.Clone(proof)
		changed[i][i%tlog.HashSize] ^= 1
		all = append(all, changed, slices.Delete(slices.Clone(proof), i, i+1), slices.Insert(slices.Clone(proof), i, proof[i]))
	}
	return all
}
