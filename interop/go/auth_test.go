package interop

// The bearer token, TLS and mutual TLS, health.

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"os"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"

	pb "transom.example/interop/ecommercepb"
)

func list(t *testing.T, connection *grpc.ClientConn) error {
	_, err := pb.NewUserServiceClient(connection).ListUsers(within(t, 5), &pb.ListUsersRequest{PageSize: 1})
	return err
}

// withToken is a client interceptor that adds the token to every call.
func withToken(token string) grpc.DialOption {
	return grpc.WithUnaryInterceptor(func(
		ctx context.Context, method string, request, reply any,
		connection *grpc.ClientConn, invoker grpc.UnaryInvoker, options ...grpc.CallOption,
	) error {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
		return invoker(ctx, method, request, reply, connection, options...)
	})
}

func TestCallWithoutATokenIsRefused(t *testing.T) {
	reason := refused[*errdetails.ErrorInfo](t, list(t, dial(t, "GUARDED")), codes.Unauthenticated).Reason
	if reason != "TOKEN_MISSING" {
		t.Errorf("the reason is %s", reason)
	}
}

func TestCallWithAWrongTokenIsRefused(t *testing.T) {
	err := list(t, dial(t, "GUARDED", withToken("guess")))
	if reason := refused[*errdetails.ErrorInfo](t, err, codes.Unauthenticated).Reason; reason != "TOKEN_INVALID" {
		t.Errorf("the reason is %s", reason)
	}
}

func TestCallWithTheTokenPasses(t *testing.T) {
	if err := list(t, dial(t, "GUARDED", withToken(environment(t, "ECOMMERCE_TOKEN")))); err != nil {
		t.Error(err)
	}
}

func TestStreamWithoutATokenIsRefused(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "GUARDED"))
	_, err := must(users.WatchUsers(within(t, 5), &pb.WatchUsersRequest{}))(t).Recv()
	wantCode(t, err, codes.Unauthenticated)
}

// trusting makes credentials that trust one authority and show the given certificates.
func trusting(t *testing.T, authority string, own ...tls.Certificate) grpc.DialOption {
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(must(os.ReadFile(certificate(t, authority)))(t)) {
		t.Fatalf("%s holds no certificate", authority)
	}
	return grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{RootCAs: roots, Certificates: own}))
}

func TestTLS(t *testing.T) {
	if err := list(t, dial(t, "TLS", trusting(t, "ca.pem"))); err != nil {
		t.Error(err)
	}
}

func TestTLSWithAnUnknownAuthorityIsRefused(t *testing.T) {
	wantCode(t, list(t, dial(t, "TLS", trusting(t, "stranger.pem"))), codes.Unavailable)
}

func TestMutualTLS(t *testing.T) {
	own := must(tls.LoadX509KeyPair(certificate(t, "client.pem"), certificate(t, "client.key")))(t)
	if err := list(t, dial(t, "MTLS", trusting(t, "ca.pem", own))); err != nil {
		t.Error(err)
	}
}

func TestMutualTLSWithoutACertificateIsRefused(t *testing.T) {
	wantCode(t, list(t, dial(t, "MTLS", trusting(t, "ca.pem"))), codes.Unavailable)
}

func TestHealth(t *testing.T) {
	// Open to everybody, also where other calls need a token.
	connection := dial(t, "GUARDED")
	request := &healthpb.HealthCheckRequest{Service: "ecommerce.v1.UserService"}
	standard := must(healthpb.NewHealthClient(connection).Check(within(t, 5), request))(t)
	shop := must(pb.NewHealthServiceClient(connection).Check(within(t, 5), request))(t)
	for _, response := range []*healthpb.HealthCheckResponse{standard, shop} {
		if response.Status != healthpb.HealthCheckResponse_SERVING {
			t.Errorf("got %v", response)
		}
	}
	_, err := pb.NewHealthServiceClient(connection).Check(within(t, 5), &healthpb.HealthCheckRequest{Service: "nothing"})
	wantCode(t, err, codes.NotFound)
}
