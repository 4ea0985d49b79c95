app_name = "foerderregeln"
urlpatterns: list = []
