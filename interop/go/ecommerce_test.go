// Package interop tests the ecommerce example with grpc-go clients.
//
// The package ecommercepb is not committed: interop/run has protoc write it
// beside a copy of these files, and sets the ECOMMERCE_ variables.
package interop

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "transom.example/interop/ecommercepb"
)

// environment returns a variable that interop/run sets; an unset one fails the
// test, it never skips it.
func environment(t *testing.T, name string) string {
	t.Helper()
	value, ok := os.LookupEnv(name)
	if !ok {
		t.Fatalf("%s is not set: start the suites with interop/run", name)
	}
	return value
}

// certificate returns the path of a certificate or key of this run.
func certificate(t *testing.T, name string) string {
	return filepath.Join(environment(t, "ECOMMERCE_CERTIFICATES"), name)
}

// dial connects to the server of that name, without TLS unless an option says otherwise.
func dial(t *testing.T, name string, options ...grpc.DialOption) *grpc.ClientConn {
	t.Helper()
	return dialTarget(t, environment(t, "ECOMMERCE_"+name+"_ADDR"), options...)
}

func dialTarget(t *testing.T, target string, options ...grpc.DialOption) *grpc.ClientConn {
	t.Helper()
	options = append([]grpc.DialOption{grpc.WithTransportCredentials(insecure.NewCredentials())}, options...)
	connection, err := grpc.NewClient(target, options...)
	if err != nil {
		t.Fatalf("cannot make a client of %s: %v", target, err)
	}
	t.Cleanup(func() { connection.Close() })
	return connection
}

// within returns a context with a deadline some seconds from now.
func within(t *testing.T, seconds float64) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds*float64(time.Second)))
	t.Cleanup(cancel)
	return ctx
}

// createUser creates a user whom no other test knows.
func createUser(t *testing.T, users pb.UserServiceClient, name string) *pb.User {
	t.Helper()
	response, err := users.CreateUser(within(t, 5), &pb.CreateUserRequest{
		Email:    uuid.NewString() + "@example.com",
		Name:     name,
		Password: "securepassword",
	})
	if err != nil {
		t.Fatalf("cannot create a user: %v", err)
	}
	return response.User
}

// refused checks the code of an error and returns its first detail of type D.
func refused[D any](t *testing.T, err error, code codes.Code) D {
	t.Helper()
	wantCode(t, err, code)
	for _, detail := range status.Convert(err).Details() {
		if found, ok := detail.(D); ok {
			return found
		}
	}
	var none D
	t.Fatalf("no %T among the details of %v", none, err)
	return none
}

// wantCode checks the code of an error.
func wantCode(t *testing.T, err error, code codes.Code) {
	t.Helper()
	if status.Code(err) != code {
		t.Fatalf("got %v, want %v", err, code)
	}
}

// must fails the test on an error and passes the value on.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
