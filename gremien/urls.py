app_name = "gremien"
urlpatterns: list = []
