package gosdk

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"
)

// user is somebody whom 0box has signed in.
type user struct {
	id    string
	token string
}

// newUser makes one that no other test has, with a token in the form that 0box gives out: HS512, `user_id`, `exp`.
func newUser(t *testing.T, name string) user {
	t.Helper()
	suffix := make([]byte, 8)
	_, err := rand.Read(suffix)
	noError(t, err)
	id := name + "-" + hex.EncodeToString(suffix)
	return user{id: id, token: token(t, id)}
}

func token(t *testing.T, userID string) string {
	t.Helper()
	signed := encoded(t, map[string]any{"alg": "HS512", "typ": "JWT"}) + "." +
		encoded(t, map[string]any{"user_id": userID, "exp": time.Now().Add(time.Hour).Unix()})
	mac := hmac.New(sha512.New, []byte(setting(t, "KMS_JWT_SECRET")))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func encoded(t *testing.T, part map[string]any) string {
	t.Helper()
	text, err := json.Marshal(part)
	noError(t, err)
	return base64.RawURLEncoding.EncodeToString(text)
}
