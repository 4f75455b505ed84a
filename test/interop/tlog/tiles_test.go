package tlog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
)

// ourTiles has Go read the tiles that our side keeps.
type ourTiles struct{ t *testing.T }

func (ourTiles) Height() int { return torchwood.TileHeight }

func (o ourTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		data[i] = bytesOf(o.t, must[string](o.t, "file", question{"path": torchwood.TilePath(tile)}))
	}
	return data, nil
}

func (ourTiles) SaveTiles([]tlog.Tile, [][]byte) {}

func pathsOf(tiles []tlog.Tile) []string {
	paths := make([]string, len(tiles))
	for i, tile := range tiles {
		paths[i] = torchwood.TilePath(tile)
	}
	return paths
}

func ourPaths(t *testing.T, oldSize, newSize int64) (tiles, bundles []string) {
	t.Helper()
	for _, path := range must[[]string](t, "tiles", question{"oldSize": oldSize, "newSize": newSize}) {
		if strings.HasPrefix(path, "tile/entries/") {
			bundles = append(bundles, path)
		} else {
			tiles = append(tiles, path)
		}
	}
	return tiles, bundles
}

func TestTiles(t *testing.T) {
	t.Run("are to be written where Go writes them", func(t *testing.T) {
		sizes := []int64{0, 1, 255, 256, 257, 300, 511, 512, 513, 65_535, 65_536, 65_537, 70_000}
		for i, oldSize := range sizes {
			for _, newSize := range sizes[i:] {
				paths, _ := ourPaths(t, oldSize, newSize)
				if !slices.Equal(paths, pathsOf(tlog.NewTiles(torchwood.TileHeight, oldSize, newSize))) {
					t.Fatalf("from %d to %d they are others", oldSize, newSize)
				}
			}
		}
	})
	for _, size := range append([]int64{1, 255, 256, 257, small}, large...) {
		t.Run(fmt.Sprintf("of %d prove every entry that Go looks for", size), func(t *testing.T) {
			grow(t, size)
			tree := tlog.Tree{N: size, Hash: rootOf(t, size)}
			// It recomputes the root from what it reads, and refuses tiles that do not lead to it.
			reader := tlog.TileHashReader(tree, ourTiles{t})
			for _, index := range []int64{0, size / 3, size / 2, size - 1} {
				proof, err := tlog.ProveRecord(size, index, reader)
				noError(t, err)
				noError(t, tlog.CheckRecord(proof, size, tree.Hash, index, tlog.RecordHash(entry(index))))
			}
		})
	}
	t.Run("give the hash of every complete subtree", func(t *testing.T) {
		grow(t, 70_000)
		for level := 0; level <= 16; level++ {
			last := int64(70_000)>>level - 1
			for _, index := range []int64{0, min(1, last), last / 2, last} {
				hash := theirs.hashes[tlog.StoredHashIndex(level, index)]
				equal(t, fmt.Sprintf("subtree %d/%d", level, index), must[string](t, "subtree", question{"level": level, "index": index}), hash.String())
			}
		}
	})
}

func TestTilePaths(t *testing.T) {
	for _, path := range []string{
		"tile/0/000", "tile/0/000.p/1", "tile/0/000.p/255", "tile/0/x001/x234/067", "tile/entries/x001/234.p/17",
	} {
		t.Run(path, func(t *testing.T) {
			grow(t, small)
			tile, err := torchwood.ParseTilePath(path)
			noError(t, err)
			equal(t, "the path", torchwood.TilePath(tile), path)
			_, ok := ask[string](t, "file", question{"path": path})
			equal(t, "whether it is a path", ok, true)
		})
	}
	for _, path := range []string{
		"tile/0/0", "tile/0/x000/001", "tile/0/001/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/00/000", "tile/0/000.p/01",
	} {
		t.Run("not "+path, func(t *testing.T) {
			_, err := torchwood.ParseTilePath(path)
			_, ok := ask[string](t, "file", question{"path": path})
			equal(t, "whether it is a path", ok, err == nil)
		})
	}
}

// A folder of files as our side would write it, read by a client of such logs.
func TestFolder(t *testing.T) {
	for _, size := range []int64{1, 256, 300, 70_000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			grow(t, size)
			tiles, bundles := ourPaths(t, 0, size)
			files := fstest.MapFS{}
			for _, path := range append(tiles, bundles...) {
				files[path] = &fstest.MapFile{Data: bytesOf(t, must[string](t, "file", question{"path": path}))}
			}
			count, err := readEntries(files, tlog.Tree{N: size, Hash: rootOf(t, size)})
			noError(t, err)
			equal(t, "the number of entries", count, size)

			changed := files[bundles[len(bundles)-1]].Data
			changed[len(changed)-1] ^= 1
			if _, err := readEntries(files, tlog.Tree{N: size, Hash: rootOf(t, size)}); err == nil {
				t.Fatal("a changed entry was read")
			}
		})
	}
}

func readEntries(files fstest.MapFS, tree tlog.Tree) (count int64, err error) {
	reader, err := torchwood.NewTileFS(files)
	if err != nil {
		return 0, err
	}
	client, err := torchwood.NewClient(reader)
	if err != nil {
		return 0, err
	}
	for index, data := range client.AllEntries(context.Background(), tree, 0) {
		if string(data) != string(entry(index)) {
			return count, fmt.Errorf("entry %d is another", index)
		}
		count++
	}
	return count, client.Err()
}
