package tlog

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func witnessOf(t *testing.T, name string, seed byte) *torchwood.CosignatureSigner {
	t.Helper()
	signer, err := torchwood.NewCosignatureSigner(name, ed25519.NewKeyFromSeed(seedOf(seed)))
	noError(t, err)
	return signer
}

// cosigned is our checkpoint of that size with our own cosignature.
func cosigned(t *testing.T, size int64) string {
	t.Helper()
	grow(t, size)
	text := must[string](t, "checkpoint", question{"origin": origin, "size": size})
	witness := key("witness.example/w1", "cosignature/v1", 4)
	witness["timestampSeconds"] = 1_700_000_000
	return must[string](t, "sign", question{"note": text, "by": []any{key(origin, "ed25519", 1), witness}})
}

func policy(t *testing.T, witnesses ...note.Verifier) torchwood.Policy {
	t.Helper()
	demands := []torchwood.Policy{
		torchwood.OriginPolicy(origin),
		torchwood.SingleVerifierPolicy(verifierOf(t, must[string](t, "vkey", key(origin, "ed25519", 1)))),
	}
	for _, witness := range witnesses {
		demands = append(demands, torchwood.SingleVerifierPolicy(witness))
	}
	return torchwood.ThresholdPolicy(len(demands), demands...)
}

func TestCosignatures(t *testing.T) {
	vkey := must[string](t, "vkey", key("witness.example/w1", "cosignature/v1", 4))

	t.Run("have the keys of others", func(t *testing.T) {
		equal(t, "the vkey", vkey, witnessOf(t, "witness.example/w1", 4).Verifier().String())
	})
	t.Run("of ours hold for others, with their time", func(t *testing.T) {
		verifier, err := torchwood.NewCosignatureVerifier(vkey)
		noError(t, err)
		checkpoint, opened, err := torchwood.VerifyCheckpoint([]byte(cosigned(t, 7)), policy(t, verifier))
		noError(t, err)
		equal(t, "the size", checkpoint.N, 7)
		equal(t, "the root", checkpoint.Hash, rootOf(t, 7))
		for _, signature := range opened.Sigs {
			if signature.Hash == verifier.KeyHash() {
				timestamp, err := torchwood.CosignatureTimestamp(signature)
				noError(t, err)
				equal(t, "the time", timestamp, 1_700_000_000)
			}
		}
	})
	t.Run("of others hold for us", func(t *testing.T) {
		opened, err := note.Open([]byte(cosigned(t, 7)), note.VerifierList(verifierOf(t, must[string](t, "vkey", key(origin, "ed25519", 1)))))
		noError(t, err)
		other := witnessOf(t, "witness.example/w2", 5)
		signed, err := note.Sign(opened, other)
		noError(t, err)
		signers := must[[]string](t, "signers", question{"note": base64Of(signed), "vkeys": []string{other.Verifier().String(), vkey}})
		equal(t, "how many signed", len(signers), 2)
	})
}

func TestProofFiles(t *testing.T) {
	witness := witnessOf(t, "witness.example/w1", 4).Verifier()
	ask := func(t *testing.T, proof, data []byte) bool {
		return must[bool](t, "proves", question{
			"proof": base64Of(proof), "entry": base64Of(data), "origin": origin, "quorum": 1,
			"log":       []string{must[string](t, "vkey", key(origin, "ed25519", 1))},
			"witnesses": []string{witness.String()},
		})
	}
	for _, size := range []int64{1, 2, 100, 70_000} {
		t.Run(fmt.Sprintf("of %d entries are the same", size), func(t *testing.T) {
			checkpoint := cosigned(t, size)
			for _, index := range []int64{0, size / 2, size - 1} {
				made, err := tlog.ProveRecord(size, index, theirs)
				noError(t, err)
				proof := must[string](t, "proof", question{"index": index, "size": size, "note": checkpoint})
				equal(t, "the file", proof, string(torchwood.FormatProof(index, made, []byte(checkpoint))))
				noError(t, torchwood.VerifyProof(policy(t, witness), tlog.RecordHash(entry(index)), []byte(proof)))
				equal(t, "our verdict", ask(t, []byte(proof), entry(index)), true)
				equal(t, "our verdict on another entry", ask(t, []byte(proof), entry(index+1)), false)
			}
		})
	}
	t.Run("with extra data are the same", func(t *testing.T) {
		extra := make([]byte, 100)
		_, err := rand.Read(extra)
		noError(t, err)
		checkpoint := cosigned(t, 7)
		made, err := tlog.ProveRecord(7, 3, theirs)
		noError(t, err)
		theirFile := torchwood.FormatProofWithExtraData(3, extra, made, []byte(checkpoint))
		equal(t, "the file", must[string](t, "proof", question{"index": 3, "size": 7, "note": checkpoint, "extra": base64Of(extra)}), string(theirFile))
		read, err := torchwood.ProofExtraData(theirFile)
		noError(t, err)
		equal(t, "the extra data", bytes.Equal(read, extra), true)
	})
	t.Run("changed at random are accepted by none", func(t *testing.T) {
		random := mathrand.New(mathrand.NewPCG(3, 4))
		file := []byte(must[string](t, "proof", question{"index": 3, "size": 7, "note": cosigned(t, 7)}))
		for range 2_000 {
			changed := mutant(random, file)
			theirs := torchwood.VerifyProof(policy(t, witness), tlog.RecordHash(entry(3)), changed) == nil
			ours := ask(t, changed, entry(3))
			if ours != bytes.Equal(changed, file) || theirs && !ours && isCanonical(changed) {
				t.Fatalf("%q is accepted here: %v, by others: %v", changed, ours, theirs)
			}
		}
	})
}
