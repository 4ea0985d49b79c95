app_name = "beratungen"
urlpatterns: list = []
