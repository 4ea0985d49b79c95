app_name = "netzwerkstellen"
urlpatterns = []
