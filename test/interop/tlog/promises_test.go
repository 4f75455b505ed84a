package tlog

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// promise is one of ours, taken apart by what its format says alone.
type promise struct {
	index int64
	leaf  tlog.Hash
	proof tlog.RecordProof
	note  []byte
}

func readPromise(t *testing.T, header string) promise {
	t.Helper()
	text, err := base64.RawURLEncoding.Strict().DecodeString(header)
	noError(t, err)
	place, note, found := strings.Cut(string(text), "\n\n")
	equal(t, "whether there is an empty line", found, true)
	lines := strings.Split(place, "\n")
	leaf, found := strings.CutPrefix(lines[1], "leaf ")
	equal(t, "whether the second line is the leaf", found, true)
	read := promise{leaf: hashOf(t, leaf), proof: hashesOf(t, lines[2:]), note: []byte(note)}
	_, err = fmt.Sscanf(lines[0], "index %d", &read.index)
	noError(t, err)
	return read
}

func TestPromises(t *testing.T) {
	signer := key(origin+"/promises", "ed25519", 6)
	vkey := must[string](t, "vkey", signer)
	verifier := verifierOf(t, vkey)
	for size := int64(1); size <= 64; size++ {
		entries := make([]string, size)
		for index := range entries {
			entries[index] = base64Of(entry(int64(index)))
		}
		grow(t, size)
		headers := must[[]string](t, "promises", question{
			"origin": origin, "atMilliseconds": 1_764_382_536_123, "mergeDelaySeconds": 86_400, "entries": entries, "key": signer,
		})
		for index, header := range headers {
			ours := readPromise(t, header)
			equal(t, "the index", ours.index, int64(index))
			equal(t, "the leaf", ours.leaf, tlog.RecordHash(entry(ours.index)))
			opened, err := note.Open(ours.note, note.VerifierList(verifier))
			noError(t, err)
			text := fmt.Sprintf("split-key-kms audit promise v1\n%s\nleaves %d\nroot %s\nat_ms 1764382536123\nmerge_delay_s 86400\n",
				origin, size, rootOf(t, size))
			equal(t, "the text", opened.Text, text)
			if _, err := torchwood.ParseCheckpoint(opened.Text); err == nil {
				t.Fatal("a promise is read as a checkpoint")
			}
			noError(t, tlog.CheckRecord(ours.proof, size, rootOf(t, size), ours.index, ours.leaf))
		}
		for _, asked := range []int64{0, size} {
			question := question{"promise": headers[0], "entry": base64Of(entry(asked)), "vkey": vkey}
			equal(t, "our verdict", must[bool](t, "promised", question), asked == 0)
		}
	}
}
