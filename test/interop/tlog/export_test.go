package tlog

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// folderTiles has Go read the tiles of an export.
type folderTiles struct{ folder string }

func (folderTiles) Height() int { return torchwood.TileHeight }

func (f folderTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = os.ReadFile(filepath.Join(f.folder, filepath.FromSlash(torchwood.TilePath(tile)))); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (folderTiles) SaveTiles([]tlog.Tile, [][]byte) {}

// readExport verifies the checkpoint of an export by this key, and counts the entries that lead to its root.
func readExport(folder string, verifier note.Verifier) (count int64, err error) {
	file, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return 0, err
	}
	signed, err := note.Open(file, note.VerifierList(verifier))
	if err != nil {
		return 0, err
	}
	checkpoint, err := torchwood.ParseCheckpoint(signed.Text)
	if err != nil {
		return 0, err
	}
	reader, err := torchwood.NewTileFS(os.DirFS(folder))
	if err != nil {
		return 0, err
	}
	client, err := torchwood.NewClient(reader)
	if err != nil {
		return 0, err
	}
	for index, data := range client.AllEntries(context.Background(), checkpoint.Tree, 0) {
		if string(data) != fmt.Sprintf(`{"index":%d}`, index) {
			return count, fmt.Errorf("entry %d is another", index)
		}
		count++
	}
	if err := client.Err(); err != nil {
		return count, err
	}
	// It recomputes the root from what it reads, and refuses tiles that do not lead to it.
	hashes := tlog.TileHashReader(checkpoint.Tree, folderTiles{folder})
	for _, index := range []int64{0, checkpoint.N / 2, checkpoint.N - 1} {
		proof, err := tlog.ProveRecord(checkpoint.N, index, hashes)
		if err != nil {
			return count, err
		}
		leaf := tlog.RecordHash(fmt.Appendf(nil, `{"index":%d}`, index))
		if err := tlog.CheckRecord(proof, checkpoint.N, checkpoint.Hash, index, leaf); err != nil {
			return count, err
		}
	}
	return count, nil
}

func TestExport(t *testing.T) {
	signer := key(origin, "ed25519", 1)
	verifier := verifierOf(t, must[string](t, "vkey", signer))
	stranger := verifierOf(t, must[string](t, "vkey", key(origin, "ed25519", 2)))
	for _, size := range []int64{1, 255, 256, 257, 70_000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "log")
			exported := must[int64](t, "export", question{"size": size, "folder": folder, "key": key(origin, "ed25519", 1)})
			equal(t, "the size", exported, size)
			count, err := readExport(folder, verifier)
			noError(t, err)
			equal(t, "the number of entries", count, size)
			if _, err := readExport(folder, stranger); err == nil {
				t.Fatal("it was read by another key")
			}
			last := (size - 1) / torchwood.TileWidth
			bundle := torchwood.TilePath(tlog.Tile{H: torchwood.TileHeight, L: -1, N: last, W: int(size - last*torchwood.TileWidth)})
			path := filepath.Join(folder, filepath.FromSlash(bundle))
			data, err := os.ReadFile(path)
			noError(t, err)
			data[len(data)-2] ^= 1
			noError(t, os.WriteFile(path, data, 0o600))
			if _, err := readExport(folder, verifier); err == nil {
				t.Fatal("a changed entry was read")
			}
		})
	}
}
