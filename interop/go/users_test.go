package interop

// Unary calls: the life of a user, and errors by status code with details.

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	pb "transom.example/interop/ecommercepb"
)

func TestCreateAndGet(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	created := createUser(t, users, "John Doe")
	if created.Name != "John Doe" || created.Status != pb.UserStatus_USER_STATUS_ACTIVE {
		t.Errorf("created %v", created)
	}
	if age := time.Since(created.CreatedAt.AsTime()); age.Abs() > time.Minute {
		t.Errorf("created %v ago", age)
	}
	got := must(users.GetUser(within(t, 5), &pb.GetUserRequest{UserId: created.UserId}))(t)
	if !proto.Equal(got.User, created) {
		t.Errorf("got %v, want %v", got.User, created)
	}
}

func TestListPagesThroughEveryUserOnce(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	missing := map[string]bool{}
	for range 5 {
		missing[createUser(t, users, "John Doe").UserId] = true
	}
	seen := map[string]bool{}
	for token := ""; ; {
		page := must(users.ListUsers(within(t, 5), &pb.ListUsersRequest{PageSize: 2, PageToken: token}))(t)
		for _, user := range page.Users {
			if seen[user.UserId] {
				t.Errorf("%s is on two pages", user.UserId)
			}
			seen[user.UserId] = true
			delete(missing, user.UserId)
		}
		if token = page.NextPageToken; token == "" {
			break
		}
	}
	if len(missing) > 0 {
		t.Errorf("no page has %v", missing)
	}
}

func TestFilterAndOrderHoldOnEveryPage(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	tag := fmt.Sprint(time.Now().UnixNano())
	for _, name := range []string{"b", "c", "a"} {
		createUser(t, users, tag+name)
	}
	request := &pb.ListUsersRequest{PageSize: 1, Filter: `name = "` + tag + `*" AND status:active`, OrderBy: "name desc"}
	names := ""
	for more := true; more; more = request.PageToken != "" {
		page := must(users.ListUsers(within(t, 5), request))(t)
		if page.TotalCount != 3 {
			t.Errorf("%d users match", page.TotalCount)
		}
		for _, user := range page.Users {
			names += strings.TrimPrefix(user.Name, tag)
		}
		request.PageToken = page.NextPageToken
	}
	if names != "cba" {
		t.Errorf("listed %q", names)
	}
}

func TestPageTokenOfAnotherRequestIsRefused(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	createUser(t, users, "John Doe")
	createUser(t, users, "John Doe")
	token := must(users.ListUsers(within(t, 5), &pb.ListUsersRequest{PageSize: 1}))(t).NextPageToken
	_, err := users.ListUsers(within(t, 5), &pb.ListUsersRequest{PageSize: 1, PageToken: token, OrderBy: "name"})
	violations := refused[*errdetails.BadRequest](t, err, codes.InvalidArgument).FieldViolations
	if len(violations) != 1 || violations[0].Field != "page_token" {
		t.Errorf("got %v", violations)
	}
}

func TestUpdateChangesOnlyWhatTheMaskNames(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	stored := createUser(t, users, "John Doe")
	updated := must(users.UpdateUser(within(t, 5), &pb.UpdateUserRequest{
		User:       &pb.User{UserId: stored.UserId, Name: "Jane Doe", AvatarUrl: "not in the mask"},
		UpdateMask: must(fieldmaskpb.New(&pb.User{}, "name"))(t),
	}))(t).User
	if updated.Name != "Jane Doe" || updated.AvatarUrl != "" || updated.Email != stored.Email {
		t.Errorf("updated %v", updated)
	}
}

func TestDeletedUserIsGone(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	id := createUser(t, users, "John Doe").UserId
	must(users.DeleteUser(within(t, 5), &pb.DeleteUserRequest{UserId: id}))(t)
	_, err := users.GetUser(within(t, 5), &pb.GetUserRequest{UserId: id})
	wantCode(t, err, codes.NotFound)
}

func TestNotFoundNamesTheResource(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	_, err := users.GetUser(within(t, 5), &pb.GetUserRequest{UserId: "nobody"})
	resource := refused[*errdetails.ResourceInfo](t, err, codes.NotFound)
	if resource.ResourceType != "ecommerce.v1.User" || resource.ResourceName != "nobody" {
		t.Errorf("got %v", resource)
	}
}

func TestInvalidArgumentListsEveryField(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	_, err := users.CreateUser(within(t, 5), &pb.CreateUserRequest{})
	violations := refused[*errdetails.BadRequest](t, err, codes.InvalidArgument).FieldViolations
	var fields []string
	for _, violation := range violations {
		fields = append(fields, violation.Field)
	}
	if len(fields) != 3 || fields[0] != "email" || fields[1] != "name" || fields[2] != "password" {
		t.Errorf("got %v", fields)
	}
}

func TestAlreadyExistsNamesTheResource(t *testing.T) {
	users := pb.NewUserServiceClient(dial(t, "PLAIN"))
	email := createUser(t, users, "John Doe").Email
	_, err := users.CreateUser(within(t, 5), &pb.CreateUserRequest{
		Email: email, Name: "Again", Password: "securepassword",
	})
	resource := refused[*errdetails.ResourceInfo](t, err, codes.AlreadyExists)
	if resource.ResourceName != email {
		t.Errorf("got %v", resource)
	}
}

func TestUnknownMethodIsUnimplemented(t *testing.T) {
	connection := dial(t, "PLAIN")
	for _, method := range []string{"/ecommerce.v1.UserService/Nothing", "/ecommerce.v1.Nothing/Get"} {
		err := connection.Invoke(within(t, 5), method, &pb.GetUserRequest{}, &pb.GetUserResponse{})
		wantCode(t, err, codes.Unimplemented)
	}
}
